import random

points = [(x, 2 * x) for x in (1, 2, 3, 4, 5)]  #: data
size = 2                                        #: batch

alpha = 0.01                                    #: rate
w = 0.0                                         #: start
random.seed(7)
for epoch in range(50):                         #: count
    for i in range(len(points) - 1, 0, -1):     #: shuffle
        j = random.randrange(i + 1)             #: shuffle
        points[i], points[j] = points[j], points[i]  #: shuffle
    for first in range(0, len(points), size):   #: batch
        batch = points[first : first + size]    #: batch
        gradient = 2 / len(batch) * sum((w * x - y) * x for x, y in batch)  #: gradient
        w = w - alpha * gradient                #: step
print(f"w = {w:.4f}")
