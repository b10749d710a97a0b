package model_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"taizhang/model"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{"　ＡＢ c ": "abc", "张 三": "张三", "１２３": "123", "·": "·"} {
		if got := model.Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"　２０２３．７ ": "2023.7", "（甲）": "(甲)", "甲。乙、": "甲。乙、"} {
		if got := model.HalfWidth(in); got != want {
			t.Errorf("HalfWidth(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"红\x1b[31m字": "红[31m字", "一\r\n二\t三": "一 二 三", "甲\u202e乙\ufeff\u200b": "甲乙", "\x00\x07": "", "𠮷·阿": "𠮷·阿",
	} {
		if got := model.Clean(in, false); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
	if got := model.Clean("一\r\n二\r三\x1b", true); got != "一\n二\n三" {
		t.Errorf("lines: %q", got)
	}
}

func TestNewID(t *testing.T) {
	now := time.Date(2026, 10, 31, 8, 0, 0, 0, time.UTC)
	source := &model.Source{Now: func() time.Time { return now }, Rand: bytes.NewReader(bytes.Repeat([]byte{0xff}, 8*5000))}
	last := ""
	for range 5000 {
		id, err := source.NewID()
		if err != nil {
			t.Fatal(err)
		}
		if len(id) != 36 || id[14] != '7' || !strings.ContainsRune("89ab", rune(id[19])) {
			t.Fatalf("%s is no UUIDv7", id)
		}
		if id <= last {
			t.Fatalf("%s does not come after %s", id, last)
		}
		last = id
	}
	if _, err := source.NewID(); err == nil {
		t.Error("an id without randomness")
	}
	if source.Today() != "2026-10-31" || source.Stamp() != "2026-10-31T08:00:00Z" {
		t.Errorf("%s %s", source.Today(), source.Stamp())
	}
}

// TestFoldPlain asks of each character that is taken for folded what the long way makes
// of it.
func TestFoldPlain(t *testing.T) {
	for r := rune(0); r <= 0xFFFF; r++ {
		if r < '0' || r > '9' && r < 'a' || r > 'z' && r < 0x4E00 || r > 0x9FFF {
			continue
		}
		if got := model.Fold("A" + string(r) + "B"); got != "a"+string(r)+"b" {
			t.Errorf("%U folds to %q between letters", r, got)
		}
	}
}
