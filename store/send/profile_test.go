package send_test

import (
	"context"
	"testing"

	"taizhang/model"
	"taizhang/model/party/packs"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/internal/storetest"
	"taizhang/store/send"
)

// someLimit gives a limit that a county may set.
func someLimit(t *testing.T) model.Limit {
	t.Helper()
	for _, p := range packs.Default() {
		for _, l := range p.Limits {
			if !l.Fixed {
				return l
			}
		}
	}
	t.Fatal("no limit that a county may set")
	return model.Limit{}
}

func TestSetProfile(t *testing.T) {
	ctx := context.Background()
	l := empty(t)
	if p, err := send.Profile(ctx, l); p != nil || err != nil {
		t.Fatalf("before the first: %v, %v", p, err)
	}
	key, other, limit := newCounty(t, 9), newCounty(t, 10), someLimit(t)
	units := []bundle.Unit{{Code: "990101001", Name: "石桥村党支部"}, {Code: "990101002", Name: "柳河村党支部", Township: "柳河乡", Phone: "10000000001"}}
	changed := map[string]string{limit.Name: "77"}
	cases := []struct {
		name, want string
		data       []byte
		version    int // that is on file afterwards
		units      int
		limit      int64
	}{
		{"no profile", "E-SEAL", []byte("{}"), 0, 0, limit.Value},
		{"a limit unknown", "E-PARAM", sealed(t, key, bundle.Profile{Version: 2, Parameters: map[string]string{"nothing": "1"}}), 0, 0, limit.Value},
		{"the first", "", sealed(t, key, bundle.Profile{Version: 2, Units: units, Parameters: changed}), 2, 2, 77},
		{"the same again", "", sealed(t, key, bundle.Profile{Version: 2, Units: units, Parameters: changed}), 2, 2, 77},
		{"an older one", "E-PROFILE-OLD", sealed(t, key, bundle.Profile{Version: 1}), 2, 2, 77},
		{"another of that version", "E-PROFILE-OLD", sealed(t, key, bundle.Profile{Version: 2}), 2, 2, 77},
		{"another county's", "E-PROFILE-KEY", sealed(t, other, bundle.Profile{Version: 3}), 2, 2, 77},
		{"a newer one", "", sealed(t, key, bundle.Profile{Version: 3, Units: units[:1]}), 3, 1, limit.Value},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if err := send.SetProfile(ctx, l, c.data); storetest.Code(err) != c.want {
				t.Fatalf("got %v", err)
			}
			p, err := send.Profile(ctx, l)
			storetest.Must(t, err)
			if version := versionOf(p); version != c.version {
				t.Errorf("version %d on file", version)
			}
			offered := listed(t, l)
			if offered != c.units {
				t.Errorf("%d units", offered)
			}
			if got := l.Env(ctx).Packs.Limit(limit.Name, "2026-01-01").Value; got != c.limit {
				t.Errorf("%s is %d", limit.Name, got)
			}
		})
	}
	reader, err := book.Open(ctx, l.Path(), store.Options{Book: book.Of(storetest.Everything()), ReadOnly: true})
	storetest.Must(t, err)
	defer func() { storetest.Must(t, reader.Close()) }()
	if err := send.SetProfile(ctx, reader, sealed(t, key, bundle.Profile{Version: 4})); storetest.Code(err) != "E-READONLY" {
		t.Errorf("read-only: %v", err)
	}
}

func versionOf(p *bundle.Profile) int {
	if p == nil {
		return 0
	}
	return p.Version
}

// listed counts the units of the county's list, among them the home organisation.
func listed(t *testing.T, l *store.Ledger) int {
	t.Helper()
	var n int
	storetest.Must(t, storetest.OpenRaw(t, l.Path()).QueryRow("SELECT count(*) FROM roll_unit").Scan(&n))
	return n
}
