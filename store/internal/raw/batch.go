package raw

import (
	"context"
	"slices"
	"strings"
	"sync"
)

// Rows are written some at a time: what a statement costs to run is more than what it writes.

// batches are how many rows one statement writes: as many of the first as there are, then
// of the next.
var batches = []int{32, 8, 1}

// Batch is how many rows one statement writes at most.
const Batch = 32

// InBatches calls write with the bounds of batches of n rows.
func InBatches(n int, write func(from, to int) error) error {
	for from := 0; from < n; {
		size := batches[slices.IndexFunc(batches, func(b int) bool { return b <= n-from })]
		if err := write(from, from+size); err != nil {
			return err
		}
		from += size
	}
	return nil
}

// Several gives a statement that writes n rows of so many values each; into is it up to VALUES.
func Several(into string, values, n int) string {
	row := "(?" + strings.Repeat(", ?", values-1) + ")"
	return into + " VALUES " + row + strings.Repeat(", "+row, n-1)
}

// Behind writes the new rows of a transaction in batches, one after another, while its owner
// makes the next ones. Rows of one table are written in their order. Nobody else may use the
// writer between Row and CatchUp.
type Behind struct {
	waiting map[string]*batch // by the statement up to VALUES
	order   []*batch
	jobs    chan behindJob
	running sync.WaitGroup
	over    chan struct{}

	// Of the first statement that failed; later ones are not run. They are read when none runs.
	err      error
	panicked any
}

// batch are rows that wait.
type batch struct {
	into  string
	full  string // the statement that writes Batch rows
	rows  int
	args  []any
	fault func(error) error
}

type behindJob struct {
	text  string
	args  []any
	fault func(error) error
}

// waitingJobs bounds how many statements wait: their arguments take memory.
const waitingJobs = 4

// Behind begins to write rows behind its owner. End must be called.
func (w *Writer) Behind(ctx context.Context) *Behind {
	b := &Behind{waiting: map[string]*batch{}, jobs: make(chan behindJob, waitingJobs), over: make(chan struct{})}
	go func() {
		defer close(b.over)
		for j := range b.jobs {
			b.run(ctx, w, j)
		}
	}()
	return b
}

func (b *Behind) run(ctx context.Context, w *Writer, j behindJob) {
	defer b.running.Done()
	defer func() {
		if p := recover(); p != nil {
			b.panicked = p
		}
	}()
	if b.err != nil || b.panicked != nil {
		return
	}
	if err := w.Exec(ctx, j.text, j.args...); err != nil {
		b.err = j.fault(err)
	}
}

// Row has a row written; into is the statement up to VALUES, and fault says what its failing
// means, which CatchUp gives.
func (b *Behind) Row(into string, row []any, fault func(error) error) {
	w := b.waiting[into]
	if w == nil {
		w = &batch{into: into, fault: fault}
		b.waiting[into] = w
		b.order = append(b.order, w)
	}
	if w.args == nil {
		w.args = make([]any, 0, Batch*len(row))
	}
	w.args = append(w.args, row...)
	if w.rows++; w.rows < Batch {
		return
	}
	if w.full == "" {
		w.full = Several(into, len(row), Batch)
	}
	b.hand(w.full, w.args, fault)
	w.args, w.rows = nil, 0
}

func (b *Behind) hand(text string, args []any, fault func(error) error) {
	b.running.Add(1)
	b.jobs <- behindJob{text, args, fault}
}

// CatchUp waits until the rows of all tables but the given have been written, and gives what
// the first failure means. It panics where writing has.
func (b *Behind) CatchUp(but ...string) error {
	for _, w := range b.order {
		if w.rows == 0 || slices.Contains(but, w.into) {
			continue
		}
		values := len(w.args) / w.rows
		//nolint:errcheck // Nothing is run here.
		InBatches(w.rows, func(from, to int) error {
			b.hand(Several(w.into, values, to-from), w.args[from*values:to*values], w.fault)
			return nil
		})
		w.args, w.rows = nil, 0
	}
	b.running.Wait()
	if b.panicked != nil {
		panic(b.panicked)
	}
	return b.err
}

// End waits until nothing is written any more; rows that wait are forgotten.
func (b *Behind) End() {
	close(b.jobs)
	<-b.over
}
