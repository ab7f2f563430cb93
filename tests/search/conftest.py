"""What the tests of search share: hypothesis takes its time, for a busy machine is no defect of the code."""

from hypothesis import HealthCheck, settings

settings.register_profile("search", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("search")
