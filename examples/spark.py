"""Sums FILE, which all workers see, with Spark. Not run here: checked by reading only.

usage: spark-submit spark.py FILE [PARTS]
"""
import shlex
import subprocess
import sys

from pyspark import SparkContext

file = sys.argv[1]
parts = int(sys.argv[2]) if len(sys.argv) > 2 else 8
command = f"xargs -I{{}} numsum --partial --shard {{}}/{parts} {shlex.quote(file)}"

shards = SparkContext(appName="numsum").parallelize(range(1, parts + 1), parts)
# Without checkCode=True Spark ignores that a command failed, and takes the nothing that it printed for an answer.
partials = shards.pipe(command, checkCode=True).collect()
merge = subprocess.run(["numsum", "--merge"], input="\n".join(partials), text=True)
sys.exit(merge.returncode)
