import numpy as np

x = np.array([1, 2, 3, 4, 5])                  #: data
y = 2 * x                                      #: data

alpha = 0.1                                    #: rate
beta1, beta2, eps = 0.9, 0.999, 1e-8           #: mean size
w = 0.0                                        #: start
m, v = 0.0, 0.0                                #: mean size
for t in range(1, 201):                        #: count
    g = 2 * ((w * x - y) * x).mean()           #: gradient
    m = beta1 * m + (1 - beta1) * g            #: mean
    v = beta2 * v + (1 - beta2) * g**2         #: size
    m_hat = m / (1 - beta1**t)                 #: correction
    v_hat = v / (1 - beta2**t)                 #: correction
    w = w - alpha * m_hat / (np.sqrt(v_hat) + eps)  #: step
print(f"w = {w:.5f}")
