"""grad, jvp, vjp, jacobian and hessian inside programs: a sweep's own operations are recorded on the tape (tape on tape).

Each call evaluates the function on fresh nodes and sweeps through what it has recorded. Derivatives of derivatives need nothing
else: the operations of a sweep are operations like all others. There are no tags, and so none to be confused.
"""
