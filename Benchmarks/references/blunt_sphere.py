"""Inviscid stand-off distance of a sphere, by a program that shares nothing with Hugoniot.

Axisymmetric Euler equations on a spherical grid that fits the body (r from the wall outwards, theta from the axis),
second-order MUSCL with HLL fluxes, marched to the steady state. The shock lies along grid lines, so that its place is
known to a radial cell, which is a few thousandths of the radius.

    python3 blunt_sphere.py [MACH ...]
"""
import sys
import numpy as np

GAMMA = 1.4


def primitive(q):
    rho, u, v = q[0], q[1] / q[0], q[2] / q[0]
    return np.array([rho, u, v, (GAMMA - 1) * (q[3] - 0.5 * rho * (u * u + v * v))])


def conserved(w):
    rho, u, v, p = w
    return np.array([rho, rho * u, rho * v, p / (GAMMA - 1) + 0.5 * rho * (u * u + v * v)])


def hll(left, right, n):
    """Flux along component n (0: r, 1: theta)."""
    def flux(w, q):
        s = w[1 + n]
        f = q * s
        f[1 + n] += w[3]
        f[3] += w[3] * s
        return f
    ql, qr = conserved(left), conserved(right)
    cl, cr = np.sqrt(GAMMA * left[3] / left[0]), np.sqrt(GAMMA * right[3] / right[0])
    sl = np.minimum(np.minimum(left[1 + n] - cl, right[1 + n] - cr), 0)
    sr = np.maximum(np.maximum(left[1 + n] + cl, right[1 + n] + cr), 0)
    return (sr * flux(left, ql) - sl * flux(right, qr) + sl * sr * (qr - ql)) / (sr - sl)


def faces(w, axis):
    """Limited values on both sides of each inner face of an array with two ghost cells at each end."""
    d = np.diff(w, axis=axis)
    a, b = np.take(d, range(0, d.shape[axis] - 1), axis), np.take(d, range(1, d.shape[axis]), axis)
    slope = np.where(a * b > 0, 2 * a * b / np.where(a * b > 0, a + b, 1), 0)
    mid = np.take(w, range(1, w.shape[axis] - 1), axis)
    count = mid.shape[axis]
    return (np.take(mid + 0.5 * slope, range(0, count - 1), axis),
            np.take(mid - 0.5 * slope, range(1, count), axis))


def standoff(mach, outer, radial=240, angular=48, widest=1.45, end=14.0):
    r = np.linspace(1, outer, radial + 1)
    t = np.linspace(0, widest, angular + 1)
    dr, dt_ = r[1] - r[0], t[1] - t[0]
    rc, tc = 0.5 * (r[1:] + r[:-1])[:, None], 0.5 * (t[1:] + t[:-1])[None, :]
    area_r = (r[:, None] ** 2) * (np.cos(t[:-1]) - np.cos(t[1:]))[None, :]
    area_t = 0.5 * (r[1:] ** 2 - r[:-1] ** 2)[:, None] * np.sin(t)[None, :]
    volume = ((r[1:] ** 3 - r[:-1] ** 3) / 3)[:, None] * (np.cos(t[:-1]) - np.cos(t[1:]))[None, :]
    shape = (radial, angular)
    free = np.array([np.full(shape, 1.4), -mach * np.cos(tc) + 0 * rc, mach * np.sin(tc) + 0 * rc, np.ones(shape)])
    q, time = conserved(free), 0.0
    while time < end:
        w = primitive(q)
        c = np.sqrt(GAMMA * w[3] / w[0])
        dt = 0.45 / np.max((np.abs(w[1]) + c) / dr + (np.abs(w[2]) + c) / (rc * dt_))
        base = q
        for stage in range(2):
            w = primitive(q)
            wall = w[:, 1::-1].copy()
            wall[1] *= -1
            far = free[:, -1:]
            radial_w = np.concatenate([wall, w, far, far], axis=1)
            axis = w[:, :, 1::-1].copy()
            axis[2] *= -1
            edge = w[:, :, -1:]
            angular_w = np.concatenate([axis, w, edge, edge], axis=2)
            fr = hll(*faces(radial_w, 1), 0) * area_r
            ft = hll(*faces(angular_w, 2), 1) * area_t
            rate = -(np.diff(fr, axis=1) + np.diff(ft, axis=2)) / volume
            # Curvature of the coordinates; the pressure's parts as the geometry of the cell has them.
            rho, u, v, p = w
            rate[1] += p * np.diff(area_r, axis=0) / volume + rho * v * v / rc
            rate[2] += p * np.diff(area_t, axis=1) / volume - rho * u * v / rc
            q = base + dt * rate if stage == 0 else 0.5 * (base + q + dt * rate)
        time += dt
    w = primitive(q)
    half = 0.5 * (1 + 1 + 2 * GAMMA / (GAMMA + 1) * (mach * mach - 1))
    p = w[3, :, 0]
    i = np.max(np.nonzero(p > half))
    shock = rc[i, 0] + (p[i] - half) / (p[i] - p[i + 1]) * dr
    return shock - 1, 1.5 * p[0] - 0.5 * p[1]


for mach in [float(a) for a in sys.argv[1:]] or [2.0, 3.0, 6.0]:
    billig = 0.143 * np.exp(3.24 / mach ** 2)
    pitot = (1.2 * mach**2) ** 3.5 * (2.4 / (2.8 * mach**2 - 0.4)) ** 2.5
    for radial in (80, 160):
        delta, p = standoff(mach, 1 + billig * 5.0, radial)
        print(f"Mach {mach}: {radial} cells: stand-off {delta:.4f} (Billig {billig:.4f}), wall pressure {p:.3f} (pitot {pitot:.3f})", flush=True)
