"""PyTorch's autograd, played on arrays of numpy: what a program prints, and why."""
