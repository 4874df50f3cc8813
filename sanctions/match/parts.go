package match

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// An index is made on as many processors as there are. Work is divided into parts that are
// the same however many do it, and what they give is put together in their order, so that
// an index is always the same to the byte.

// shares calls f for every share of n things, from one to before another, several at a time.
// Few things are one share.
func shares(n int, f func(share, from, to int)) {
	parts := sharesOf(n)
	each(parts, func(part int) { f(part, part*n/parts, (part+1)*n/parts) })
}

// layOut lays n things end to end, several at a time: size tells how much room one takes,
// room makes room for all, and put puts one where it begins.
func layOut(n int, size func(i int) int, room func(total int), put func(i, begin int)) {
	begins := make([]int, sharesOf(n)+1)
	shares(n, func(share, from, to int) {
		total := 0
		for i := from; i < to; i++ {
			total += size(i)
		}
		begins[share+1] = total
	})
	for share := range sharesOf(n) {
		begins[share+1] += begins[share]
	}
	room(begins[sharesOf(n)])
	shares(n, func(share, from, to int) {
		begin := begins[share]
		for i := from; i < to; i++ {
			put(i, begin)
			begin += size(i)
		}
	})
}

func sharesOf(n int) int {
	const most, worth = 16, 4096
	return min(max(n/worth, 1), most)
}

// workers is how many goroutines share work of so many parts.
func workers(parts int) int { return min(runtime.GOMAXPROCS(0), parts) }

// each calls f for every part, several at a time, and returns when all are done.
func each(parts int, f func(part int)) {
	n := workers(parts)
	if n <= 1 {
		oneByOne(parts, f)
		return
	}
	var next atomic.Int64
	var all sync.WaitGroup
	for range n {
		all.Go(func() {
			for part := next.Add(1) - 1; part < int64(parts); part = next.Add(1) - 1 {
				f(int(part))
			}
		})
	}
	all.Wait()
}

func oneByOne(parts int, f func(part int)) {
	for part := range parts {
		f(part)
	}
}

// inOrder prepares every part, several at a time and not many ahead, and takes them one by one
// in their order. A part may use what an earlier one left, once that was taken.
func inOrder[T any](parts int, prepare func(part int, left *T) *T, take func(*T)) {
	n := workers(parts)
	if n <= 1 {
		var left *T
		for part := range parts {
			left = prepare(part, left)
			take(left)
		}
		return
	}
	const ahead = 4 // parts a worker
	slots := n * ahead
	free, made := make(chan *T, slots), make([]chan *T, slots)
	for i := range made {
		made[i] = make(chan *T, 1)
		free <- nil
	}
	var next atomic.Int64
	var all sync.WaitGroup
	defer all.Wait()
	for range n {
		all.Go(func() {
			for left := range free { // so that no part is begun that is further ahead than there are slots
				part := int(next.Add(1) - 1)
				if part >= parts {
					break
				}
				made[part%slots] <- prepare(part, left)
			}
		})
	}
	for part := range parts {
		one := <-made[part%slots]
		take(one)
		free <- one
	}
	close(free)
}
