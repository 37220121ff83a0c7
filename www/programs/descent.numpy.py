import numpy as np

alpha = 0.1                          #: rate
steps = 25                           #: count

w = np.array([5.0, -3.0, 2.0])       #: start
for k in range(steps):               #: count
    gradient = 2 * w                 #: gradient
    w = w - alpha * gradient         #: step
print(w.round(4))
