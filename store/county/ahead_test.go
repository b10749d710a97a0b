package county

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"
)

// files makes candidates of which some have a verdict already.
func files(t *testing.T, n int, known ...int) []candidate {
	t.Helper()
	all := make([]candidate, n)
	for i := range all {
		all[i].path = filepath.Join(t.TempDir(), fmt.Sprint(i))
		if err := os.WriteFile(all[i].path, []byte{byte(i)}, 0o600); err != nil {
			t.Fatal(err)
		}
		if slices.Contains(known, i) {
			all[i].intake.Verdict = Foreign
		}
	}
	return all
}

// turns takes every turn that there is, as receiveAll does, and gives the paths of what
// came, "" for nothing.
func turns(a *lookahead, found []candidate) (got []string) {
	for _, f := range found {
		if f.intake.Verdict != "" {
			continue
		}
		path := ""
		if p := a.turn(); p != nil {
			path = filepath.Base(p.file.path)
			p.close()
		}
		got = append(got, path)
	}
	return got
}

// TestAheadNeverWaits lets the preparing end or fail at each step, with files whose verdict
// is known between the others, as on a stick that holds other things too. In a bubble of
// synctest a goroutine that waits for ever is a failure.
func TestAheadNeverWaits(t *testing.T) {
	const n = 6
	for _, known := range [][]int{nil, {0}, {0, 1}, {1, 2, 3}, {0, 2, 4}, {5}, {0, 1, 2, 3, 4, 5}} {
		want := []string{}
		for i := range n {
			if !slices.Contains(known, i) {
				want = append(want, fmt.Sprint(i))
			}
		}
		for step := range len(want) + 1 {
			for _, how := range []string{"panic", "nothing", "stop", "stop at once"} {
				found := files(t, n, known...)
				synctest.Test(t, func(t *testing.T) {
					ctx, stop := context.WithCancel(t.Context())
					defer stop()
					at := 0
					a := startAhead(ctx, found, func(_ context.Context, path string) *prepared {
						at++
						if at-1 != step {
							return &prepared{file: look(path)}
						}
						switch how {
						case "panic":
							panic("a fault of the program")
						case "nothing":
							return nil
						case "stop":
							stop()
						}
						return &prepared{file: look(path)}
					})
					if how == "stop at once" {
						stop()
					}
					got := turns(a, found)
					a.end()
					for i, path := range want {
						failed := i == step && (how == "panic" || how == "nothing")
						stopped := how == "stop" && i >= step-1 || how == "stop at once"
						if path != got[i] && (!failed && !stopped || got[i] != "") || failed && got[i] != "" {
							t.Errorf("known %v, %s at %d: %q, want %q", known, how, step, got, want)
						}
					}
					if n, open := <-a.next; n.p != nil || open {
						t.Errorf("known %v, %s at %d: %v is left", known, how, step, n.p)
					}
				})
			}
		}
	}
}

// TestAheadLetsGo ends before any turn was taken: nothing is under way then, and no file is
// open.
func TestAheadLetsGo(t *testing.T) {
	found := files(t, 4)
	var all []*prepared
	a := startAhead(t.Context(), found, func(_ context.Context, path string) *prepared {
		all = append(all, &prepared{file: look(path)})
		return all[len(all)-1]
	})
	a.end()
	for _, p := range all {
		if p.file.file != nil {
			t.Errorf("%s is still open", p.file.path)
		}
	}
}
