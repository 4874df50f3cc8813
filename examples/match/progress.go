package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// progress passes its input through and draws, on a terminal only, how much of
// it has been read.
type progress struct {
	in    io.Reader
	size  int64 // 0 if unknown
	read  int64
	out   io.Writer // nil when nobody looks
	drawn time.Time
}

func newProgress(in io.Reader, size int64, out io.Writer) *progress {
	p := &progress{in: in, size: size}
	if f, ok := out.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			p.out = out
		}
	}
	return p
}

// Read implements io.Reader.
func (p *progress) Read(b []byte) (int, error) {
	n, err := p.in.Read(b)
	p.read += int64(n)
	if now := time.Now(); p.out != nil && now.Sub(p.drawn) > 100*time.Millisecond {
		p.drawn = now
		fmt.Fprint(p.out, "\r", p)
	}
	return n, err
}

// String is the bar.
func (p *progress) String() string {
	const width = 40
	if p.size <= 0 {
		return fmt.Sprintf("%.1f MB read", float64(p.read)/1e6)
	}
	full := int(min(p.read, p.size) * width / p.size)
	return fmt.Sprintf("[%s%s] %3d %%", strings.Repeat("=", full), strings.Repeat(" ", width-full), min(p.read, p.size)*100/p.size)
}

// done clears the bar.
func (p *progress) done() {
	if p.out != nil {
		fmt.Fprint(p.out, "\r", strings.Repeat(" ", 50), "\r")
	}
}
