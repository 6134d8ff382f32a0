"""Two servers to compare a served trace with: FastAPI's hello, and a handler that differentiates the same program with torch."""

from __future__ import annotations

from typing import Any

import torch
from fastapi import FastAPI
from pydantic import BaseModel

torch.set_num_threads(1)
app = FastAPI()


class Request(BaseModel):
    """As much of our request as the handler needs."""

    source: str
    inputs: dict[str, float]


@app.get("/hello")
async def hello() -> dict[str, str]:
    return {"hello": "world"}


@app.post("/gradient")
async def gradient(request: Request) -> dict[str, Any]:
    x, y = (torch.tensor(request.inputs[name], dtype=torch.float64, requires_grad=True) for name in ("x", "y"))
    a = x * y
    b = torch.sin(a)
    c = a + b
    d = torch.exp(-c * c)
    g = torch.tanh(d * x)
    h = g + y * y
    k = torch.log(h + 2)
    q = k * d - torch.sin(x)
    out = q * q
    out.backward()
    return {"output": out.item(), "gradients": {"x": x.grad.item(), "y": y.grad.item()}}
