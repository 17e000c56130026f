"""Lets children write to a project until they are killed: each write sets the area of every lot.

A line with a number on its input starts a child there, which is named on its output; so is each write,
and the end of the child. It stays small: one import for all children.
"""

import os
import sys

from ilo_gis import io


def tell(*words):
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def write_on(path, turn):
    with io.open(path, who="writer") as store:
        lots = store.read("lots")
        while True:
            store.write({"lots": lots.assign(area=float(turn))}, reason=str(turn))
            tell("wrote", turn)
            turn += 1


def main(path):
    for line in sys.stdin:
        if (child := os.fork()) == 0:
            write_on(path, int(line))
        tell("child", child)
        os.waitpid(child, 0)
        tell("dead", child)


if __name__ == "__main__":
    main(sys.argv[1])
