xs = [1, 2, 3, 4, 5]                           #: data
ys = [2, 4, 6, 8, 10]                          #: data

alpha = 0.1                                    #: rate
beta1, beta2, eps = 0.9, 0.999, 1e-8           #: mean size
w = 0.0                                        #: start
m, v = 0.0, 0.0                                #: mean size
for t in range(1, 201):                        #: count
    g = 2 / len(xs) * sum((w * x - y) * x for x, y in zip(xs, ys))  #: gradient
    m = beta1 * m + (1 - beta1) * g            #: mean
    v = beta2 * v + (1 - beta2) * g * g        #: size
    m_hat = m / (1 - beta1**t)                 #: correction
    v_hat = v / (1 - beta2**t)                 #: correction
    w = w - alpha * m_hat / (v_hat**0.5 + eps)  #: step
print(f"w = {w:.5f}")
