import torch
from torch.utils.data import DataLoader, TensorDataset

x = torch.tensor([1.0, 2.0, 3.0, 4.0, 5.0])                   #: data
points = TensorDataset(x, 2 * x)                              #: data

torch.manual_seed(7)
batches = DataLoader(points, batch_size=2, shuffle=True)      #: batch shuffle
w = torch.zeros(1, requires_grad=True)                        #: start
optimizer = torch.optim.SGD([w], lr=0.01)                     #: rate
for epoch in range(50):                                       #: count
    for bx, by in batches:                                    #: batch
        loss = ((w * bx - by) ** 2).mean()
        optimizer.zero_grad()                                 #: gradient
        loss.backward()                                       #: gradient
        optimizer.step()                                      #: step
print(f"w = {w.item():.4f}")
