alpha = 0.1                   #: rate
steps = 25                    #: count

# One dial.
x = 5.0                       #: start
for k in range(steps):        #: count
    gradient = 2 * x          #: gradient
    x = x - alpha * gradient  #: step
print(f"x = {x:.5f}")

# Three dials: the same for each number of a list.
w = [5.0, -3.0, 2.0]                       #: start
for k in range(steps):                     #: count
    gradients = [2 * wi for wi in w]       #: gradient
    w = [wi - alpha * gi for wi, gi in zip(w, gradients)]  #: step
print([round(wi, 4) for wi in w])
