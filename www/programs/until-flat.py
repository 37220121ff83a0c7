alpha = 0.1                        #: rate
tolerance = 1e-6                   #: flat

x = 10.0                           #: start
k = 0
gradient = 2 * x                   #: gradient
while abs(gradient) >= tolerance:  #: flat
    x = x - alpha * gradient       #: step
    gradient = 2 * x               #: gradient
    k = k + 1
print(f"flat after {k} steps")
print(f"x = {x:.2e}")
