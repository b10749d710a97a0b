package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
)

// TestListBySavedView asks for a view that was kept on the screen, and for one that no
// longer fits.
func TestListBySavedView(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "ledger.db")
	l, err := book.Create(ctx, path, store.Home{Code: "990101001", Name: "石桥村党支部", Kind: "党支部", Domain: "行政村", Township: "柳河镇", County: "澄安县"}, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range [][2]string{{"张三", "男"}, {"李四", "女"}, {"王五", "女"}} {
		r, err := l.New(ctx, "person")
		if err != nil {
			t.Fatal(err)
		}
		r.Set("name", p[0])
		r.Set("sex", p[1])
		r.Set("status", "群众")
		if _, err := l.Save(ctx, model.FromForm, r); err != nil {
			t.Fatal(err)
		}
	}
	view := store.SavedView{Kind: "person", Name: "妇女", View: "全部", Conds: []model.Cond{model.Where("sex", model.Eq, "女")},
		Sort: []string{"-name"}, Columns: []string{"name", "sex"}}
	if err := l.SaveView(ctx, view); err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	run := func(args ...string) (status int, out, said string) {
		var o, e bytes.Buffer
		m := &Main{Stdin: strings.NewReader(""), Stdout: &o, Stderr: &e, Getenv: os.Getenv}
		status = m.Run(ctx, append(args, "--db", path))
		return status, o.String(), e.String()
	}
	if status, out, said := run("list", "person", "--view", "妇女"); status != exitDone || out != "姓名  性别\n王五  女\n李四  女\n共 2 条\n" {
		t.Errorf("status %d: %s%s", status, out, said)
	}
	if _, out, said := run("list", "person", "--view", "妇女", "--find", "ls", "--format", "csv"); strings.TrimPrefix(out, "\ufeff") != "姓名,性别\r\n李四,女\r\n" {
		t.Errorf("the sheet is %q%s", out, said)
	}
	if status, _, said := run("list", "person", "--view", "没有"); status != exitUsage || !strings.Contains(said, "没有“没有”这个视图") {
		t.Errorf("status %d: %s", status, said)
	}
}
