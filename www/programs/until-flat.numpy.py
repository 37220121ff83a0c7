import numpy as np

alpha = 0.1                                   #: rate
tolerance = 1e-6                              #: flat

w = np.array([10.0])                          #: start
k = 0
gradient = 2 * w                              #: gradient
while np.linalg.norm(gradient) >= tolerance:  #: flat
    w = w - alpha * gradient                  #: step
    gradient = 2 * w                          #: gradient
    k = k + 1
print(f"flat after {k} steps")
print(f"x = {w[0]:.2e}")
