"""Operations on arrays: their rules, one file a family."""

from app.ops.arrays.broadcasting import BROADCASTING
from app.ops.arrays.indexing import INDEXING
from app.ops.arrays.products import PRODUCTS
from app.ops.arrays.reduction import MEAN, SUM
from app.ops.arrays.rule import ArrayOp
from app.ops.arrays.shaping import PERMUTE, RESHAPE, T, T_METHOD, TRANSPOSE

ARRAY_OPS: tuple[ArrayOp, ...] = (SUM, MEAN, RESHAPE, T, T_METHOD, TRANSPOSE, PERMUTE, *BROADCASTING, *INDEXING, *PRODUCTS)
