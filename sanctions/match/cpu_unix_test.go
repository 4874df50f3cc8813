//go:build unix

package match_test

import (
	"syscall"
	"time"
)

// cpuTime is the processor time of the process so far. Rates are given by it too,
// since the clock on the wall says little on a machine that others use.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
