"""Programs of other people that read a release, each run in an environment of its own.

`NAME.in` says what an environment holds, `NAME.txt` pins it by hash (`make lock`); `make consumers`
installs them below `.consumers/`. The scripts import nothing of this project, as its users do not.
"""
