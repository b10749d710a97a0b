package store_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/store"
	"taizhang/store/internal/storetest"
)

// TestWho: what is written names the 经手人 and the system's user; who was asked once and
// said nothing is not asked again, and what was written before stays as it was.
func TestWho(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "ledger.db")
	o := store.Options{Source: storetest.Clock(1), By: "电脑用户"}
	l, err := storetest.Make(ctx, path, store.Home{Code: "990101001", Name: "石桥村党支部"}, o)
	storetest.Must(t, err)
	if name, asked := l.Handler(); name != "" || asked {
		t.Errorf("at first: %q, %v", name, asked)
	}
	r := storetest.Record(t, l, "thing")
	storetest.Save(t, l, r)
	storetest.Must(t, l.SetHandler(ctx, ""))
	if name, asked := l.Handler(); name != "" || !asked {
		t.Errorf("asked and unsaid: %q, %v", name, asked)
	}
	for _, name := range []string{"-", "()", strings.Repeat("长", 21)} {
		if err := l.SetHandler(ctx, name); storetest.Code(err) != "E-HANDLER" {
			t.Errorf("%q: %v", name, err)
		}
	}
	storetest.Must(t, l.SetHandler(ctx, " 陈书记\n"))
	storetest.Must(t, l.Delete(ctx, "thing", r.ID))
	storetest.Must(t, l.NoteHandOut(ctx, store.HandedOut{Title: "花名册", Purpose: "年底统计", Receiver: "镇党委"}))
	storetest.Must(t, l.Close())

	l, err = storetest.Open(ctx, path, o)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { storetest.Must(t, l.Close()) }()
	if name, asked := l.Handler(); name != "陈书记" || !asked {
		t.Errorf("opened again: %q, %v", name, asked)
	}
	events, err := l.History(ctx, "thing", r.ID)
	if err != nil || len(events) != 2 || events[0].By != "电脑用户" || events[1].By != "陈书记(电脑用户)" {
		t.Errorf("the history is %+v, %v", events, err)
	}
	if all, err := l.HandedOut(ctx, 1); err != nil || len(all) != 1 || all[0].By != "陈书记(电脑用户)" {
		t.Errorf("handed out: %+v, %v", all, err)
	}
}
