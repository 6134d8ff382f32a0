"""Operations on arrays: their rules, one file a family."""

from app.ops.arrays.adjugates import ADJUGATE, ADJUGATE_PUSH
from app.ops.arrays.binary_losses import BCE_WITH_LOGITS, BINARY_CROSS_ENTROPY
from app.ops.arrays.broadcasting import BROADCASTING
from app.ops.arrays.classes import NLL_LOSS
from app.ops.arrays.convolution import CONVOLUTION
from app.ops.arrays.cross_entropy import CROSS_ENTROPY
from app.ops.arrays.determinants import DETERMINANTS
from app.ops.arrays.eigen import EIGH, EIGVALSH
from app.ops.arrays.einsum import EINSUM
from app.ops.arrays.extreme import EXTREMES
from app.ops.arrays.factoring import FACTORING
from app.ops.arrays.gathering import GATHER, INDEX_SELECT
from app.ops.arrays.indexing import INDEXING
from app.ops.arrays.inner import INNER, OUTER
from app.ops.arrays.joining import JOINING
from app.ops.arrays.losses import LOSSES
from app.ops.arrays.matrix_norms import MATRIX_NORM
from app.ops.arrays.normalised import NORMALISED
from app.ops.arrays.norms import NORMS
from app.ops.arrays.patterns import PATTERNS
from app.ops.arrays.picking import PICKING
from app.ops.arrays.pooling import POOLING
from app.ops.arrays.powers import POWERS
from app.ops.arrays.products import PRODUCTS
from app.ops.arrays.reduction import REDUCTIONS
from app.ops.arrays.repeating import REPEATING
from app.ops.arrays.rule import ArrayOp
from app.ops.arrays.running import RUNNING
from app.ops.arrays.shaping import SHAPING
from app.ops.arrays.singular import SVD
from app.ops.arrays.solving import SOLVING
from app.ops.arrays.statistics import STATISTICS
from app.ops.arrays.tensor_products import TENSOR_PRODUCTS
from app.ops.arrays.transposing import TRANSPOSING

ARRAY_OPS: tuple[ArrayOp, ...] = (
    *REDUCTIONS, *STATISTICS, *NORMS, MATRIX_NORM, *EXTREMES, *PICKING, *RUNNING, *NORMALISED, *PRODUCTS, INNER, OUTER, *TENSOR_PRODUCTS,
    EINSUM, *PATTERNS, *SOLVING, *DETERMINANTS, ADJUGATE, ADJUGATE_PUSH, *FACTORING, EIGH, EIGVALSH, SVD, *POWERS, *SHAPING, *TRANSPOSING,
    *BROADCASTING, *JOINING, *REPEATING, GATHER, INDEX_SELECT, *INDEXING, *CONVOLUTION, *POOLING, *LOSSES, BINARY_CROSS_ENTROPY,
    BCE_WITH_LOGITS, NLL_LOSS, CROSS_ENTROPY,
)  # fmt: skip
