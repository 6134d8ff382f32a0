"""C that carries many tangents at once through a whole tape of numbers: a row of them for every node."""

PUSH = """
/* Rows of `count` tangents: those of the first `before` nodes are given, the others are made from the partials. */
__attribute__((optimize("O3")))
void push(const struct pattern *the, const double *all, const unsigned char *live, i64 count, double *restrict dots) {
    const double *p = all + the->before + the->width, *q = p + the->width;
    for (i64 j = 0; j < the->width; j++) {
        double *restrict row = dots + (the->before + j) * count;
        i64 here = the->before + j;
        int first = the->arity[j] > 0 && live[here + the->left[j]], second = the->arity[j] > 1 && live[here + the->right[j]];
        const double *x = dots + (here + (first ? the->left[j] : 0)) * count, *y = dots + (here + (second ? the->right[j] : 0)) * count;
        double a = p[j], b = q[j];
        if (first && second) for (i64 k = 0; k < count; k++) row[k] = a * x[k] + b * y[k];
        else if (first) for (i64 k = 0; k < count; k++) row[k] = a * x[k];
        else if (second) for (i64 k = 0; k < count; k++) row[k] = b * y[k];
        else for (i64 k = 0; k < count; k++) row[k] = 0.0;
    }
}
"""
