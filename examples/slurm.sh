#!/bin/sh
# Sums FILE, which all nodes see, as a Slurm job array with the merge as its dependent job.
# usage: slurm.sh FILE [PARTS [FOLDER]]; FOLDER is for this job alone, and all nodes see it too.
set -eu
file=$1 parts=${2:-8} folder=${3:-numsum-parts}
mkdir "$folder"
export file folder

# A requeued task writes its file anew, and a file has its name only once it is whole.
array=$(sbatch --parsable --requeue --array="1-$parts" --output="$folder/%a.log" <<'TASK'
#!/bin/sh
set -eu
part="$folder/$SLURM_ARRAY_TASK_ID"
numsum --partial --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" "$file" > "$part.tmp"
mv "$part.tmp" "$part.json"
TASK
)

# Whatever became of the tasks (afterany), the merge prints the sum, or what is missing.
sbatch --wait --dependency="afterany:$array" --output="$folder/sum.txt" --error="$folder/sum.log" <<'MERGE' >&2 || true
#!/bin/sh
cat "$folder"/*.json | numsum --merge
MERGE
cat "$folder/sum.log" >&2
test -s "$folder/sum.txt" && cat "$folder/sum.txt"
