/** Programs that are one press away: the course's cells, and what goes wrong most often. */

/** @typedef {{words: string, source: string}} Cell */

/** @type {readonly Cell[]} */
export const CELLS = Object.freeze([
  { words: "mean(3 (x + 2)²)", source: "import torch\n\nx = torch.ones(2, 2, requires_grad=True)\ny = x + 2\nz = y * y * 3\nout = z.mean()\nprint(z, out)\n\nout.backward()\nprint(x.grad)" },
  { words: "doubling, backward(v)", source: "import torch\n\nx = torch.randn(3, requires_grad=True)\ny = x * 2\nwhile y.data.norm() < 1000:\n    y = y * 2\nprint(y)\n\nv = torch.tensor([0.1, 1.0, 0.0001], dtype=torch.float)\ny.backward(v)\nprint(x.grad)" },
  { words: "no_grad, detach", source: "import torch\n\nx = torch.randn(3, requires_grad=True)\nprint(x.requires_grad)\nprint((x ** 2).requires_grad)\nwith torch.no_grad():\n    print((x ** 2).requires_grad)\n\ny = x.detach()\nprint(y.requires_grad)\nprint(x.eq(y).all())" },
  { words: "one recurrent step", source: "import torch\n\nW_h = torch.randn(20, 20, requires_grad=True)\nW_x = torch.randn(20, 10, requires_grad=True)\nx = torch.randn(1, 10)\nprev_h = torch.randn(1, 20)\n\nh2h = torch.mm(W_h, prev_h.t())\ni2h = torch.mm(W_x, x.t())\nnext_h = h2h + i2h\nnext_h = next_h.tanh()\n\nnext_h.backward(torch.ones(20, 1))\nprint(W_h.grad.shape, W_x.grad.shape)" },
  { words: "gradients add up", source: "import torch\n\nx = torch.tensor(3.0, requires_grad=True)\n(x * x).backward()\nprint(x.grad)\n(x * x).backward()\nprint(x.grad)\nx.grad.zero_()\n(x * x).backward()\nprint(x.grad)" },
  { words: "swept twice: refused", source: "import torch\n\nx = torch.tensor(2.0, requires_grad=True)\ny = x * x\ny.backward()\nprint(x.grad)\ny.backward()" },
  { words: "changed in place: refused", source: "import torch\n\nx = torch.tensor([1.0, 2.0], requires_grad=True)\ny = x.exp()\nz = y.sum()\ny.add_(1)\nz.backward()" },
  { words: "gradient steps", source: "import torch\n\nw = torch.tensor(5.0, requires_grad=True)\nfor step in range(4):\n    loss = (w - 2) ** 2\n    loss.backward()\n    with torch.no_grad():\n        w -= 0.25 * w.grad\n    print(f\"step {step}: loss {loss.item():.4f}, w {w.item():.4f}\")\n    w.grad = None" },
]);
