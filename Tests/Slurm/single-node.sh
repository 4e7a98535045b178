#!/bin/bash
# A Slurm cluster of one node on the loopback address, for tests.
#
#   single-node.sh check FOLDER     prints "ready", or "skipped: " and why none can be started here; starts nothing
#   single-node.sh start FOLDER     starts it, and prints the same
#   single-node.sh stop FOLDER
#
# FOLDER/slurm.conf is the configuration: SLURM_CONF=FOLDER/slurm.conf sbatch …
set -u
action=$1
folder=$2

skip() {
    echo "skipped: $1"
    [ "$action" = start ] && stop
    exit 0
}

stop() {
    for name in slurmd slurmctld munged; do
        # Not TERM: who is started by a thread that blocks signals never hears of it.
        [ -s "$folder/$name.pid" ] && kill -KILL "$(cat "$folder/$name.pid")" 2>/dev/null
    done
    return 0
}

check() {
    for program in munged slurmctld slurmd sbatch; do
        PATH=$PATH:/usr/sbin command -v $program >/dev/null || skip "there is no $program (Debian: slurm-wlm, munge)"
    done
    [ "$(id -u)" = 0 ] || skip "slurmd has to be started by root"
    [ "$action" = start ] || echo ready
}

start() {
    check
    # Whoever waits for this script also waits for those who hold what it inherited: daemons must not.
    for descriptor in /proc/$$/fd/*; do
        descriptor=${descriptor##*/}
        [ "$descriptor" -gt 2 ] && [ "$descriptor" != 255 ] && eval "exec $descriptor>&-"
    done
    mkdir -p "$folder/state" "$folder/spool"
    chmod 755 "$folder"
    dd if=/dev/urandom of="$folder/munge.key" bs=1024 count=1 2>/dev/null
    chmod 600 "$folder/munge.key"
    PATH=$PATH:/usr/sbin munged --force --key-file="$folder/munge.key" --socket="$folder/munge.socket" \
        --pid-file="$folder/munged.pid" --log-file="$folder/munged.log" --seed-file="$folder/munge.seed" \
        >"$folder/munged.out" 2>&1 || skip "munged does not start: $(tail -n 1 "$folder/munged.out")"
    local host=$(hostname -s) port=$((20000 + RANDOM % 20000))
    cat >"$folder/slurm.conf" <<CONF
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmdUser=root
SlurmctldPort=$port
SlurmdPort=$((port + 1))
AuthType=auth/munge
AuthInfo=socket=$folder/munge.socket
CredType=cred/munge
CryptoType=crypto/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SwitchType=switch/none
MpiDefault=none
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
SchedulerType=sched/builtin
SchedulerParameters=sched_interval=2
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=test Nodes=$host Default=YES MaxTime=INFINITE State=UP
CONF
    export SLURM_CONF=$folder/slurm.conf PATH=$PATH:/usr/sbin
    slurmctld -f "$SLURM_CONF" >"$folder/slurmctld.out" 2>&1 ||
        skip "slurmctld does not start: $(tail -n 1 "$folder/slurmctld.out")"
    slurmd -f "$SLURM_CONF" >"$folder/slurmd.out" 2>&1 ||
        skip "slurmd does not start: $(tail -n 1 "$folder/slurmd.log" "$folder/slurmd.out" 2>/dev/null | tail -n 1)"
    for _ in $(seq 100); do
        sinfo -h -o %T 2>/dev/null | grep -q idle && { echo ready; return; }
        sleep 0.1
    done
    skip "the node does not become idle: $(sinfo -h -o '%T %E' 2>&1 | tail -n 1)"
}

$action
