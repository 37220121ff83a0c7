import numpy as np

x = np.array([1, 2, 3, 4, 5])                  #: data
y = 2 * x                                      #: data
size = 2                                       #: batch

alpha = 0.01                                   #: rate
w = 0.0                                        #: start
chance = np.random.default_rng(7)
for epoch in range(50):                        #: count
    order = chance.permutation(len(x))         #: shuffle
    for first in range(0, len(x), size):       #: batch
        batch = order[first : first + size]    #: batch
        error = w * x[batch] - y[batch]        #: gradient
        gradient = 2 * (error * x[batch]).mean()  #: gradient
        w = w - alpha * gradient               #: step
print(f"w = {w:.4f}")
