#!/bin/sh
# Sums FILE with Open MPI, which is only used to start one numsum for each rank.
# usage: mpi.sh FILE [RANKS [MPIRUN-OPTION...]]
set -eu
file=$1 ranks=${2:-2}
shift "$(($# < 2 ? $# : 2))"

# When a rank fails mpirun ends them all, and --merge says which bytes are missing.
mpirun -n "$ranks" "$@" sh -c '
  exec numsum --partial --shard "$((OMPI_COMM_WORLD_RANK + 1))/$OMPI_COMM_WORLD_SIZE" "$1"
' sh "$file" | numsum --merge
