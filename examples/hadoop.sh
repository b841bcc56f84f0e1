#!/bin/sh
# Sums FILE of HDFS with Hadoop Streaming. Not run here: checked by reading only.
# usage: hadoop.sh FILE OUTPUT-FOLDER
set -eu
file=$1 output=$2

# The mappers read lines from standard input, so their partials have no ranges: the number of records that Hadoop gave
# to the mappers that count shows that none was lost. A failed mapper is tried again with the same input.
log=$(mktemp)
hadoop jar "$HADOOP_HOME"/share/hadoop/tools/lib/hadoop-streaming-*.jar \
  -D mapreduce.job.reduces=0 \
  -input "$file" -output "$output" -mapper 'numsum --partial -' 2> "$log" || { cat "$log" >&2; exit 1; }
lines=$(sed -n 's/.*Map input records=//p' "$log")
hadoop fs -cat "$output/part-*" | numsum --merge --expect-lines "$lines"
