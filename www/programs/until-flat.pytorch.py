import torch

alpha = 0.1                                            #: rate
tolerance = 1e-6                                       #: flat

w = torch.tensor([10.0], requires_grad=True)           #: start
optimizer = torch.optim.SGD([w], lr=alpha)             #: rate
k = 0
while True:
    loss = (w ** 2).sum()
    optimizer.zero_grad()                              #: gradient
    loss.backward()                                    #: gradient
    if w.grad.norm() < tolerance:                      #: flat
        break
    optimizer.step()                                   #: step
    k = k + 1
print(f"flat after {k} steps")
print(f"x = {w.item():.2e}")
