import type { TempFolder } from "./temp_folder.ts";

/** A Slurm cluster of this one machine. */
export interface SlurmCluster extends AsyncDisposable {
  /** For the variable `SLURM_CONF`. */
  readonly conf: string;
  /** Runs one of Slurm's commands, and gives what it prints. */
  run(command: string, ...args: string[]): Promise<string>;
}

/** Starts a cluster whose files are all in the folder, and waits until it takes jobs. Only root can. */
export async function slurmCluster(folder: TempFolder): Promise<SlurmCluster> {
  const conf = folder.at("slurm.conf");
  const host = Deno.hostname().replace(/\..*$/, "");
  const port = 20_000 + Math.floor(Math.random() * 10_000);
  for (const name of ["state", "spool"]) await Deno.mkdir(folder.at(name));
  await Deno.writeTextFile(
    conf,
    `ClusterName=test
SlurmctldHost=${host}(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/none
CredType=cred/none
SlurmctldPort=${port}
SlurmdPort=${port + 1}
StateSaveLocation=${folder.at("state")}
SlurmdSpoolDir=${folder.at("spool")}
SlurmctldPidFile=${folder.at("slurmctld.pid")}
SlurmdPidFile=${folder.at("slurmd.pid")}
SlurmctldLogFile=${folder.at("slurmctld.log")}
SlurmdLogFile=${folder.at("slurmd.log")}
ProctrackType=proctrack/pgid
TaskPlugin=task/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=sched_interval=1,batch_sched_delay=0,bf_interval=1
MinJobAge=10
ReturnToService=2
JobCompType=jobcomp/none
NodeName=${host} NodeAddr=127.0.0.1 CPUs=${navigator.hardwareConcurrency} State=UNKNOWN
PartitionName=all Nodes=${host} Default=YES State=UP
`,
  );
  const daemons = ["slurmctld", "slurmd"].map((daemon) =>
    new Deno.Command(daemon, { args: ["-D", "-c", "-f", conf], stdin: "null", stdout: "null", stderr: "null" }).spawn()
  );
  const cluster: SlurmCluster = {
    conf,
    async run(command, ...args) {
      const options = { args, env: { SLURM_CONF: conf }, stdin: "null", stderr: "null" } as const;
      return new TextDecoder().decode((await new Deno.Command(command, options).output()).stdout);
    },
    async [Symbol.asyncDispose]() {
      await cluster.run("scancel", "--user=root");
      for (let tries = 0; tries < 50 && (await cluster.run("squeue", "-h")).trim() !== ""; tries++) await sleep(100);
      for (const daemon of daemons.toReversed()) {
        daemon.kill("SIGTERM");
        await daemon.status;
      }
    },
  };
  for (let tries = 0; (await cluster.run("sinfo", "-h", "-o", "%T")).trim() !== "idle"; tries++) {
    if (tries > 300) {
      await cluster[Symbol.asyncDispose]();
      throw new Error(`Slurm did not start: ${folder.read("slurmctld.log")}`);
    }
    await sleep(100);
  }
  return cluster;
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
