import torch

alpha = 0.1                                              #: rate
steps = 25                                               #: count

w = torch.tensor([5.0, -3.0, 2.0], requires_grad=True)   #: start
optimizer = torch.optim.SGD([w], lr=alpha)               #: rate
for k in range(steps):                                   #: count
    loss = (w ** 2).sum()
    optimizer.zero_grad()                                #: gradient
    loss.backward()                                      #: gradient
    optimizer.step()                                     #: step
print(w.detach())
