"""Print every benchmark: `python -m benchmarks`."""

from rich.console import Console

from benchmarks import real_city, real_streets, speed

console = Console(width=120)
for benchmark in (speed, real_city, real_streets):
    console.rule(benchmark.__doc__.splitlines()[0])
    console.print(benchmark.table())
