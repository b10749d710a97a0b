package county_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/send"
)

func code(err error) string {
	var e *model.Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &e):
		return e.Code
	}
	return "not a *model.Error: " + err.Error()
}

// source gives the same time and bytes in every run.
func source() *model.Source {
	return &model.Source{
		Now:  func() time.Time { return time.Date(2026, 10, 31, 9, 0, 0, 0, time.UTC) },
		Rand: &counter{},
	}
}

type counter struct{ n byte }

func (c *counter) Read(p []byte) (int, error) {
	for i := range p {
		c.n++
		p[i] = c.n
	}
	return len(p), nil
}

func options(dir string) county.InitOptions {
	return county.InitOptions{Code: "990101", Name: "中共澄安县委组织部", Dir: dir, Source: source()}
}

func TestInit(t *testing.T) {
	ctx := context.Background()
	dir := filepath.Join(t.TempDir(), "县里 #1")
	o := options(dir)
	o.Passphrase, o.WorkFactor = "一把锁", 2
	res, err := county.Init(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(res.Key)
	if err != nil {
		t.Fatal(err)
	}
	key, err := bundle.ParseCountyKey(file, "一把锁")
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(res.Profile)
	if err != nil {
		t.Fatal(err)
	}
	p, err := bundle.OpenProfile(data, key.PublicKey())
	if err != nil {
		t.Fatal(err)
	}
	if p.Recipient != key.Recipient() || p.Version != 1 || p.Code != "990101" || p.Identity != bundle.IdentityWhole {
		t.Errorf("profile %+v", p)
	}
	l, err := book.Open(ctx, res.DB, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { must(t, l.Close()) }()
	if h := l.Home(); h.Str("code") != "990101" || h.Str("kind") != "党委" || h.Str("domain") != "机关" {
		t.Errorf("home %v %v", h.Str("code"), h.Str("kind"))
	}
	if own, err := send.Profile(ctx, l); err != nil || own == nil || own.PublicKey != p.PublicKey {
		t.Errorf("the county's own profile: %v, %v", own, err)
	}
	for _, path := range []string{res.DB, res.Key, res.Profile, dir} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
	}
}

func TestInitIsTheSameForTheSameSource(t *testing.T) {
	var files [2][]byte
	for i := range files {
		res, err := county.Init(context.Background(), options(t.TempDir()))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{res.Key, res.Profile} {
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			files[i] = append(files[i], b...)
		}
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Error("key and profile differ")
	}
}

func TestInitRefuses(t *testing.T) {
	base := t.TempDir()
	if err := os.WriteFile(filepath.Join(base, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name, want string
		change     func(o *county.InitOptions)
	}{
		{"no code", "E-TYPE", func(o *county.InitOptions) { o.Code = "" }},
		{"a short code", "E-TYPE", func(o *county.InitOptions) { o.Code = "99" }},
		{"no name", "E-REQUIRED", func(o *county.InitOptions) { o.Name = " " }},
		{"no folder", "E-REQUIRED", func(o *county.InitOptions) { o.Dir = "" }},
		{"a file instead of a folder", "E-DIR", func(o *county.InitOptions) { o.Dir = filepath.Join(base, "file", "x") }},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			o := options(dir)
			c.change(&o)
			if _, err := county.Init(context.Background(), o); code(err) != c.want {
				t.Errorf("got %v", err)
			}
			if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
				t.Errorf("left behind: %v, %v", left, err)
			}
		})
	}
}

// TestInitNeverOverwrites puts a file where one of the three would be.
func TestInitNeverOverwrites(t *testing.T) {
	for _, name := range []string{county.DBFile, county.KeyFile, county.ProfileFile} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, name)
			if err := os.WriteFile(path, []byte("要紧的"), 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := county.Init(context.Background(), options(dir)); code(err) != "E-EXISTS" {
				t.Errorf("got %v", err)
			}
			if b, err := os.ReadFile(path); err != nil || string(b) != "要紧的" {
				t.Errorf("now it holds %q, %v", b, err)
			}
			if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
				t.Errorf("left behind: %v, %v", left, err)
			}
		})
	}
}

// TestInitTakesBack lets the ledger fail when key and profile have been written.
func TestInitTakesBack(t *testing.T) {
	dir := t.TempDir()
	o := options(dir)
	o.Book = book.Of(model.NewCatalog()) // no organisation: no ledger can be made
	if _, err := county.Init(context.Background(), o); err == nil {
		t.Fatal("a ledger without organisations")
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
