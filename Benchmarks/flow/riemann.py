"""The exact solution of Riemann's problem of an ideal gas (Toro 2009, doi:10.1007/b79761, chapter 4), in numpy alone."""
import numpy as np


def star(left, right, gamma):
    """Pressure and velocity between the waves."""
    def branch(p, state):
        rho, _, q = state
        c = np.sqrt(gamma * q / rho)
        if p > q:
            a, b = 2 / ((gamma + 1) * rho), (gamma - 1) / (gamma + 1) * q
            root = np.sqrt(a / (p + b))
            return (p - q) * root, root * (1 - (p - q) / (2 * (p + b)))
        z = (gamma - 1) / (2 * gamma)
        return 2 * c / (gamma - 1) * ((p / q) ** z - 1), (p / q) ** (-(gamma + 1) / (2 * gamma)) / (rho * c)

    jump = right[1] - left[1]
    low, high = 1e-14 * min(left[2], right[2]), 1e3 * max(left[2], right[2])
    for _ in range(200):
        p = np.sqrt(low * high)
        if branch(p, left)[0] + branch(p, right)[0] + jump > 0:
            high = p
        else:
            low = p
    return p, 0.5 * (left[1] + right[1] + branch(p, right)[0] - branch(p, left)[0])


def sample(left, right, xi, gamma):
    """Density, velocity and pressure at x/t = xi."""
    p, u = star(left, right, gamma)
    out = np.empty((3, len(xi)))
    for i, s in enumerate(xi):
        mirror = 1 if s < u else -1
        rho, v, q = left if s < u else right
        v, s, w = mirror * v, mirror * s, mirror * u
        c = np.sqrt(gamma * q / rho)
        if p > q:
            speed = v - c * np.sqrt((gamma + 1) / (2 * gamma) * p / q + (gamma - 1) / (2 * gamma))
            g = (gamma - 1) / (gamma + 1)
            inside = (rho * (p / q + g) / (g * p / q + 1), w, p)
            state = (rho, v, q) if s < speed else inside
        else:
            inner = c * (p / q) ** ((gamma - 1) / (2 * gamma))
            if s < v - c:
                state = (rho, v, q)
            elif s > w - inner:
                state = (rho * (p / q) ** (1 / gamma), w, p)
            else:
                fan = 2 / (gamma + 1) + (gamma - 1) / ((gamma + 1) * c) * (v - s)
                state = (rho * fan ** (2 / (gamma - 1)), 2 / (gamma + 1) * (c + (gamma - 1) / 2 * v + s),
                         q * fan ** (2 * gamma / (gamma - 1)))
        out[:, i] = state[0], mirror * state[1], state[2]
    return out
