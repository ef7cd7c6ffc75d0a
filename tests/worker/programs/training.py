"""Programs that train, in the styles people write."""

TRAINING: dict[str, str] = {}
_HEAD = "import torch\nfrom torch import nn\nimport torch.nn.functional as F\ntorch.manual_seed(0)\n"
_SMALL = (
    _HEAD
    + "X = torch.randn(24, 4)\nY = torch.randint(0, 3, (24,))\nmodel = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 3))\n"
)

TRAINING["by hand, without an optimizer"] = (
    _HEAD
    + """
X = torch.randn(30, 1)
y_true = 3 * X + 2 + 0.5 * torch.randn(30, 1)
w = torch.randn(1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
for epoch in range(12):
    y_pred = w * X + b
    loss = ((y_pred - y_true) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
        b -= 0.1 * b.grad
    w.grad.zero_()
    b.grad.zero_()
    print(f'loss {loss.item():.6f}')
"""
)
TRAINING["classifier with Adam"] = (
    _SMALL
    + """
opt = torch.optim.Adam(model.parameters(), lr=1e-2)
loss_fn = nn.CrossEntropyLoss()
for step in range(15):
    opt.zero_grad()
    loss = loss_fn(model(X), Y)
    loss.backward()
    opt.step()
    print(f'loss {loss.item():.6f}')
model.eval()
with torch.no_grad():
    acc = (model(X).argmax(1) == Y).float().mean()
print(acc)
"""
)
TRAINING["loader, epochs and a main function"] = (
    _HEAD
    + """
from torch.utils.data import DataLoader, TensorDataset
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(4, 8)
        self.drop = nn.Dropout(0.2)
        self.fc2 = nn.Linear(8, 3)
    def forward(self, x):
        h = F.relu(self.fc1(x))
        h = self.drop(h)
        return self.fc2(h)
def train(model, loader, opt):
    model.train()
    for xb, yb in loader:
        opt.zero_grad()
        loss = F.cross_entropy(model(xb), yb)
        loss.backward()
        opt.step()
        print(f'loss {loss.item():.6f}')
def evaluate(model, loader):
    model.eval()
    total = 0.0
    with torch.no_grad():
        for xb, yb in loader:
            total += F.cross_entropy(model(xb), yb, reduction='sum').item()
    return total / 20
def main():
    data = TensorDataset(torch.randn(20, 4), torch.randint(0, 3, (20,)))
    loader = DataLoader(data, batch_size=8, shuffle=True)
    model = Net()
    opt = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    for epoch in range(3):
        train(model, loader, opt)
        val_loss = evaluate(model, loader)
        print('val', round(val_loss, 6))
if __name__ == '__main__':
    main()
"""
)
TRAINING["gradient accumulation"] = (
    _SMALL
    + """
opt = torch.optim.SGD(model.parameters(), lr=0.1)
for step in range(4):
    opt.zero_grad()
    whole = 0.0
    for xb, yb in zip(X.split(8), Y.split(8)):
        loss = F.cross_entropy(model(xb), yb) / 3
        loss.backward()
        whole += loss.item()
    opt.step()
    print(f'loss {whole:.6f}')
"""
)
TRAINING["closure with LBFGS"] = (
    _SMALL
    + """
opt = torch.optim.LBFGS(model.parameters(), lr=0.5, max_iter=4)
def closure():
    opt.zero_grad()
    loss = F.cross_entropy(model(X), Y)
    loss.backward()
    return loss
for step in range(3):
    loss = opt.step(closure)
    print(f'loss {loss.item():.6f}')
"""
)
TRAINING["two players"] = (
    _HEAD
    + """
G = nn.Linear(2, 2)
D = nn.Sequential(nn.Linear(2, 4), nn.ReLU(), nn.Linear(4, 1))
opt_g = torch.optim.SGD(G.parameters(), lr=0.05)
opt_d = torch.optim.SGD(D.parameters(), lr=0.05)
bce = nn.BCEWithLogitsLoss()
ones, zeros = torch.ones(6, 1), torch.zeros(6, 1)
for i in range(5):
    real = torch.randn(6, 2) + 2
    fake = G(torch.randn(6, 2))
    d_loss = bce(D(real), ones) + bce(D(fake.detach()), zeros)
    opt_d.zero_grad()
    d_loss.backward()
    opt_d.step()
    g_loss = bce(D(fake), ones)
    opt_g.zero_grad()
    g_loss.backward()
    opt_g.step()
    print(f'd {d_loss.item():.6f} g {g_loss.item():.6f}')
"""
)
TRAINING["autograd.grad instead of backward"] = (
    _HEAD
    + """
w = torch.randn(3, requires_grad=True)
x = torch.randn(10, 3)
t = x.sum(1)
for i in range(6):
    loss = ((x @ w - t) ** 2).mean()
    g, = torch.autograd.grad(loss, [w])
    w = (w - 0.1 * g).detach().requires_grad_()
    print(f'loss {loss.item():.6f}')
"""
)
TRAINING["scheduler and clipping"] = (
    _SMALL
    + """
opt = torch.optim.SGD(model.parameters(), lr=0.1)
sched = torch.optim.lr_scheduler.StepLR(opt, step_size=2, gamma=0.5)
for step in range(6):
    opt.zero_grad()
    loss = F.cross_entropy(model(X), Y)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    opt.step()
    sched.step()
    print(f'loss {loss.item():.6f}', sched.get_last_lr())
"""
)
TRAINING["sum of parts with weights"] = (
    _SMALL
    + """
opt = torch.optim.AdamW(model.parameters(), lr=0.01)
for step in range(5):
    opt.zero_grad()
    out = model(X)
    ce = F.cross_entropy(out, Y)
    l2 = sum((p ** 2).sum() for p in model.parameters())
    total = ce + 1e-3 * l2
    total.backward()
    opt.step()
    print(f'loss {total.item():.6f}')
"""
)
TRAINING["recurrent with a detached state"] = (
    _HEAD
    + """
cell = nn.GRUCell(3, 5)
head = nn.Linear(5, 1)
opt = torch.optim.Adam([*cell.parameters(), *head.parameters()], lr=0.01)
h = torch.zeros(4, 5)
for step in range(6):
    h = h.detach()
    x = torch.randn(4, 3)
    h = cell(x, h)
    loss = F.mse_loss(head(h), x.sum(1, keepdim=True))
    opt.zero_grad()
    loss.backward()
    opt.step()
    print(f'loss {loss.item():.6f}')
"""
)
TRAINING["a trainer class"] = (
    _SMALL
    + """
class Trainer:
    def __init__(self, model, lr):
        self.model = model
        self.opt = torch.optim.SGD(model.parameters(), lr=lr)
        self.history = []
        self.steps = 0
    def step(self, x, y):
        self.opt.zero_grad()
        self.loss = F.cross_entropy(self.model(x), y)
        self.loss.backward()
        self.opt.step()
        self.steps += 1
        self.history.append(self.loss.item())
    def fit(self, n):
        for _ in range(n):
            self.step(X, Y)
        return self
t = Trainer(model, 0.2).fit(8)
for l in t.history:
    print(f'loss {l:.6f}')
"""
)
TRAINING["sum then backward, mean printed"] = (
    _HEAD
    + """
w = torch.zeros(2, 1, requires_grad=True)
x = torch.randn(16, 2)
y = x @ torch.tensor([[2.], [-3.]])
def squared_loss(a, b):
    return (a - b) ** 2 / 2
for epoch in range(4):
    l = squared_loss(x @ w, y)
    l.sum().backward()
    with torch.no_grad():
        w -= 0.03 * w.grad / 16
        w.grad.zero_()
    print(f'loss {l.sum().item():.6f}')
"""
)
TRAINING["loader with worker processes"] = (
    _HEAD
    + """
from torch.utils.data import DataLoader, Dataset
class Squares(Dataset):
    def __len__(self): return 8
    def __getitem__(self, i):
        v = torch.tensor([float(i)])
        return v, v ** 2
lin = nn.Linear(1, 1)
opt = torch.optim.SGD(lin.parameters(), lr=1e-3)
for xb, yb in DataLoader(Squares(), batch_size=4, num_workers=2):
    loss = F.mse_loss(lin(xb), yb)
    opt.zero_grad()
    loss.backward()
    opt.step()
    print(f'loss {loss.item():.6f}')
"""
)
TRAINING["fifteen hundred quick steps"] = (
    _HEAD
    + """
w = torch.ones(1, requires_grad=True)
opt = torch.optim.SGD([w], lr=1e-3)
for i in range(1500):
    loss = (w ** 2).sum()
    opt.zero_grad()
    loss.backward()
    opt.step()
print(w)
"""
)
