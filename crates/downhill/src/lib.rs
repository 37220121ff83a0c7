//! The mathematics of gradient descent: losses, update rules, trajectories and their analysis.
