import torch

x = torch.tensor([1, 2, 3, 4, 5])                                     #: data
y = 2 * x                                                             #: data

w = torch.zeros(1, dtype=torch.double, requires_grad=True)            #: start
optimizer = torch.optim.Adam([w], lr=0.1, betas=(0.9, 0.999), eps=1e-8)  #: rate mean size correction
for t in range(1, 201):                                               #: count
    loss = ((w * x - y) ** 2).mean()
    optimizer.zero_grad()                                             #: gradient
    loss.backward()                                                   #: gradient
    optimizer.step()                                                  #: step mean size correction
print(f"w = {w.item():.5f}")
