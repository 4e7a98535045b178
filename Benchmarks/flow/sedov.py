"""Sedov's blast wave in a uniform gas at rest, by the closed form in its parameter V (Sedov 1959,
doi:10.1016/C2013-0-08173-X, as written down by Kamm 2000, LA-UR-00-6055)."""
import numpy as np


def profile(dimensions, gamma, count=200_000):
    """Place, density, velocity and pressure over their values at the shock, from the centre outwards."""
    j, g = dimensions, gamma
    low, high = 2 / ((j + 2) * g), 4 / ((j + 2) * (g + 1))
    v = low + (high - low) * np.linspace(0, 1, count)[1:] ** 6
    a, b, c = (j + 2) * (g + 1) / 4, (g + 1) / (g - 1), (j + 2) * g / 2
    d = (j + 2) * (g + 1) / ((j + 2) * (g + 1) - 2 * (2 + j * (g - 1)))
    e = (2 + j * (g - 1)) / 2
    a0, a2 = 2 / (j + 2), -(g - 1) / (2 * (g - 1) + j)
    a1 = (j + 2) * g / (2 + j * (g - 1)) * (2 * j * (2 - g) / (g * (j + 2) ** 2) - a2)
    a3, a4, a5 = j / (2 * (g - 1) + j), a1 * (j + 2) / (2 - g), -2 / (2 - g)
    x1, x2, x3, x4 = a * v, b * (c * v - 1), d * (1 - e * v), b * (1 - c * v / g)
    place = x1**-a0 * x2**-a2 * x3**-a1
    return (place, x2**a3 * x3**a4 * x4**a5, x1 * place,
            x1 ** (a0 * j) * x3 ** (a4 - 2 * a1) * x4 ** (1 + a5))


def solution(r, time, energy, dimensions=2, gamma=1.4, density=1.0):
    """Density, radial velocity and pressure at radii r, and the shock's radius; before the shock the gas is at rest and cold."""
    place, rho, u, p = profile(dimensions, gamma)
    area = 2 * np.pi * (dimensions - 1)
    speed = 2 / (dimensions + 2)
    # Of a shock of radius 1 at time 1: what E has to be.
    strength = np.trapezoid(
        area * place ** (dimensions - 1)
        * (0.5 * (gamma + 1) / (gamma - 1) * rho * (2 / (gamma + 1) * speed * u) ** 2
           + 2 / (gamma + 1) * speed**2 * p / (gamma - 1)), place)
    shock = (energy / (strength * density)) ** (1 / (dimensions + 2)) * time**speed
    fast = speed * shock / time
    inside = r < shock
    x = r / shock
    take = lambda values, scale, outside: np.where(inside, scale * np.interp(x, place, values), outside)
    return (take(rho, density * (gamma + 1) / (gamma - 1), density), take(u, 2 / (gamma + 1) * fast, 0),
            take(p, 2 / (gamma + 1) * density * fast**2, 0), shock, strength)
