import numpy as np

x = np.array([1, 2, 3, 4, 5])              #: data
y = 2 * x                                  #: data

alpha = 0.01                               #: rate
w, b = 0.0, 0.0                            #: start
for epoch in range(500):                   #: count
    error = w * x + b - y                  #: model error
    gradient_w = 2 * (error * x).mean()    #: gradient
    gradient_b = 2 * error.mean()          #: gradient
    w = w - alpha * gradient_w             #: step
    b = b - alpha * gradient_b             #: step
print(f"w = {w:.4f}")
print(f"b = {b:.4f}")
