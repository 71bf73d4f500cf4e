"""How long Hypothesis searches. In CI always along the same way: a red build then says something about the change."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings


def steady(examples: int, *, steps: int = 50) -> settings:
    """So many examples, each of at most so many steps. ``MORE_EXAMPLES=20`` searches twenty times as long."""
    return settings(
        max_examples=examples * int(os.environ.get("MORE_EXAMPLES", "1")),
        stateful_step_count=steps,
        deadline=None,
        phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
        derandomize="CI" in os.environ,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    )
