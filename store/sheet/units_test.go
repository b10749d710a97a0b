package sheet_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/sheet"
)

func TestUnits(t *testing.T) {
	cases := []struct {
		name, text string
		want       []store.Unit
		wrong      string // in the error's message
	}{
		{name: "as usual", text: "单位名单\n组织代码,单位名称,乡镇,领域,联系电话\n990101101201,石桥村党支部,云溪镇,行政村,10012345678\n990101101202,柳湾村党支部,云溪镇,,\n合计,2,,,\n",
			want: []store.Unit{{Code: "990101101201", Name: "石桥村党支部", Township: "云溪镇", Domain: "行政村", Phone: "10012345678"},
				{Code: "990101101202", Name: "柳湾村党支部", Township: "云溪镇"}}},
		{name: "only what must be", text: "代码,名称\n990101101201,石桥村党支部\n", want: []store.Unit{{Code: "990101101201", Name: "石桥村党支部"}}},
		{name: "a code twice", text: "代码,名称\n990101101201,石桥村党支部\n990101101201,柳湾村党支部\n", wrong: "第 3 行代码与第 2 行重复"},
		{name: "a code that is none", text: "代码,名称\n12,石桥村党支部\n", wrong: "第 2 行"},
		{name: "a domain that is none", text: "代码,名称,领域\n990101101201,石桥村党支部,山区\n", wrong: "第 2 行的所在领域里没有“山区”"},
		{name: "no name", text: "代码,名称,乡镇\n990101101201,,云溪镇\n", wrong: "没有名称"},
		{name: "nothing", text: "代码,名称\n", wrong: "没有单位"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "名单.csv")
			if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
			got, err := sheet.Units(context.Background(), book.Standard, path)
			if c.wrong != "" {
				if err == nil || !strings.Contains(err.Error(), c.wrong) {
					t.Errorf("got %v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if len(got) != len(c.want) {
				t.Fatalf("got %+v", got)
			}
			for i := range got {
				if got[i] != c.want[i] {
					t.Errorf("got %+v, want %+v", got[i], c.want[i])
				}
			}
		})
	}
}
