package model_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/model"
)

// TestSource: one clock and one source of ids; ids of one moment are in order, also
// where the clock goes back.
func TestSource(t *testing.T) {
	now := time.Date(2026, 10, 31, 23, 30, 0, 0, time.FixedZone("", 8*3600))
	s := &model.Source{Now: func() time.Time { return now }, Rand: bytes.NewReader(make([]byte, 8*6))}
	if s.Today() != "2026-10-31" || s.Stamp() != "2026-10-31T15:30:00Z" {
		t.Errorf("%s, %s", s.Today(), s.Stamp())
	}
	var ids []string
	for i := range 6 {
		if i == 3 {
			now = now.Add(-time.Hour)
		}
		id, err := s.NewID()
		if err != nil {
			t.Fatal(err)
		}
		if len(id) != 36 || id[14] != '7' || !strings.ContainsRune("89ab", rune(id[19])) {
			t.Errorf("%s is no UUIDv7", id)
		}
		ids = append(ids, id)
	}
	if !slices.IsSorted(ids) || len(slices.Compact(slices.Clone(ids))) != 6 {
		t.Errorf("ids %v", ids)
	}
	if _, err := s.NewID(); err == nil {
		t.Error("an id without randomness")
	}
}
