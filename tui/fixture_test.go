package tui

import (
	"context"
	"path/filepath"
	"testing"

	"taizhang/tui/tuitest"
	"taizhang/tui/tuitest/sample"
)

// start runs the program, where nothing else is said on the day of the samples, with
// fakes for the form and the table; it is closed with the test.
func start(t testing.TB, o Options, w, h int) (*tuitest.Term, *Root) {
	t.Helper()
	if o.Source == nil {
		o.Source = sample.Source()
	}
	if o.Path == "" {
		o.Path = filepath.Join(t.TempDir(), "ledger.db")
		if o.Ledger != nil {
			o.Path = o.Ledger.Path()
		}
	}
	r := New(context.Background(), o)
	return sample.Start(t, r, w, h), r
}
