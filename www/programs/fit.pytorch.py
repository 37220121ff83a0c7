import torch

x = torch.tensor([[1.0], [2.0], [3.0], [4.0], [5.0]])             #: data
y = 2 * x                                                         #: data

model = torch.nn.Linear(1, 1)                                     #: model
torch.nn.init.zeros_(model.weight)                                #: start
torch.nn.init.zeros_(model.bias)                                  #: start
optimizer = torch.optim.SGD(model.parameters(), lr=0.01)          #: rate
for epoch in range(500):                                          #: count
    loss = torch.nn.functional.mse_loss(model(x), y)              #: model error
    optimizer.zero_grad()                                         #: gradient
    loss.backward()                                               #: gradient
    optimizer.step()                                              #: step
print(f"w = {model.weight.item():.4f}")
print(f"b = {model.bias.item():.4f}")
