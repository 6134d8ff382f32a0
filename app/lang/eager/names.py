"""Which names of torch pasted code may use: the same for our tensors and for torch itself. What is not here is not reached."""

from __future__ import annotations

FUNCTIONS = frozenset(
    """
    FloatTensor Tensor abs absolute acos acosh add all allclose amax amin any arange arccos arccosh arcsin arcsinh arctan
    arctan2 arctanh argmax argmin argsort as_tensor asin asinh atan atan2 atanh binary_cross_entropy_with_logits bmm bool
    broadcast_to cat ceil clamp clip clone concat concatenate cos cosh cumprod cumsum deg2rad det detach diag diagonal digamma
    div divide dot double einsum empty enable_grad eq equal erf erfc erfinv exp exp2 expm1 eye fix flatten flip float float32
    float64 floor floor_divide fmax fmin fmod frac from_numpy full full_like gather ge ger greater greater_equal gt hstack hypot
    index_select inf inference_mode inner int int32 int64 inverse is_grad_enabled is_tensor isfinite isinf isnan kron le less
    less_equal lgamma linspace log log10 log1p log2 log_softmax logaddexp logaddexp2 logdet logical_and logical_not logical_or
    logical_xor logsumexp long lt manual_seed matmul matrix_exp matrix_power max max_pool2d maximum mean median min minimum mm
    moveaxis movedim mul multiply mv nan nan_to_num ne neg negative no_grad norm not_equal numel ones ones_like outer permute pi
    polygamma pow prod rad2deg rand rand_like randn randn_like ravel reciprocal relu remainder repeat_interleave reshape roll
    round rsqrt selu set_grad_enabled sgn sigmoid sign sin sinc sinh softmax sort sqrt square squeeze stack std sub subtract sum
    swapaxes swapdims t tan tanh tensor tile trace transpose tril triu true_divide trunc unsqueeze var vdot vstack where xlogy
    zeros zeros_like
    """.split()
)
"""Of ``torch.…``."""

FUNCTIONAL = frozenset(
    """
    binary_cross_entropy binary_cross_entropy_with_logits cross_entropy elu gelu hardtanh huber_loss l1_loss leaky_relu
    log_softmax logsigmoid mish mse_loss nll_loss relu relu6 selu sigmoid silu smooth_l1_loss softmax softplus tanh
    """.split()
)
"""Of ``torch.nn.functional.…``."""

AUTOGRAD = frozenset({"grad", "backward"})
"""Of ``torch.autograd.…``."""

LINALG = frozenset({"norm", "inv", "det"})
"""Of ``torch.linalg.…``."""

METHODS = frozenset(
    """
    abs abs_ absolute acos acosh add add_ all allclose amax amin any arccos arccosh arcsin arcsinh arctan arctan2 arctanh argmax
    argmin argsort asin asinh atan atan2 atanh backward bmm bool broadcast_to ceil clamp clamp_ clip clone contiguous copy_ cos
    cosh cpu cumprod cumsum deg2rad det detach diag diagonal digamma dim div div_ divide dot double eq equal erf erfc erfinv exp
    exp2 exp_ expand expand_as expm1 fill_ fix flatten flip float floor floor_divide fmax fmin fmod frac gather ge ger greater
    greater_equal gt hypot index_select inner int inverse is_contiguous isfinite isinf isnan item kron le less less_equal lgamma
    log log10 log1p log2 log_softmax logaddexp logaddexp2 logdet logical_and logical_not logical_or logical_xor logsumexp long
    lt matmul matrix_exp matrix_power max maximum mean median min minimum mm moveaxis movedim mul mul_ multiply mv nan_to_num ne
    neg neg_ negative norm normal_ not_equal numel numpy outer permute pow pow_ prod rad2deg ravel reciprocal relu relu_
    remainder repeat repeat_interleave requires_grad_ reshape retain_grad roll round rsqrt select sgn sigmoid sigmoid_ sign sin
    sinc sinh size softmax sort sqrt sqrt_ square squeeze std sub sub_ subtract sum sum_to_size swapaxes swapdims t tan tanh
    tanh_ tile to tolist trace transpose tril triu true_divide trunc uniform_ unsqueeze var vdot view view_as xlogy zero_
    """.split()
)
"""Of a tensor, to be called."""

ATTRIBUTES = frozenset("T _version data device dtype grad grad_fn is_leaf mT ndim requires_grad retains_grad shape".split())
"""Of a tensor, to be read."""

ASSIGNED = frozenset({"grad", "requires_grad", "data"})
"""Of a tensor, to be written."""
