xs = [1, 2, 3, 4, 5]               #: data
ys = [2, 4, 6, 8, 10]              #: data
m = len(xs)

alpha = 0.01                       #: rate
w, b = 0.0, 0.0                    #: start
for epoch in range(500):           #: count
    errors = [w * x + b - y for x, y in zip(xs, ys)]                #: model error
    gradient_w = 2 / m * sum(e * x for e, x in zip(errors, xs))     #: gradient
    gradient_b = 2 / m * sum(errors)                                #: gradient
    w = w - alpha * gradient_w     #: step
    b = b - alpha * gradient_b     #: step
print(f"w = {w:.4f}")
print(f"b = {b:.4f}")
