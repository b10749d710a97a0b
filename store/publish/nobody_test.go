package publish_test

import (
	"fmt"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/publish"
)

// TestNobodyIsPublished: no name, number or phone of a person on file stands in any column
// of what is published, also where an indicator's part is what somebody has typed.
func TestNobodyIsPublished(t *testing.T) {
	ctx := t.Context()
	m := newCounty(t)
	conn, _ := connected(t)
	_, err := publish.Publish(ctx, m.l, conn, publish.Options{})
	must(t, err)
	var all strings.Builder
	for _, table := range []string{"office", "figure", "unit", "scope", "tally", "total", "report"} {
		var text *string
		must(t, conn.QueryRow(ctx, fmt.Sprintf("SELECT string_agg((to_jsonb(t) - 'digest')::text, E'\n') FROM taizhang.%s t", table)).Scan(&text))
		if text == nil {
			t.Fatalf("nothing is published in %s", table)
		}
		all.WriteString(*text)
	}
	persons := 0
	for _, deleted := range []bool{false, true} {
		must(t, m.l.Each(ctx, store.Query{Kind: "person", Deleted: deleted}, func(r *model.Record) error {
			persons++
			for _, field := range []string{"name", "id_number", "phone"} {
				if text := r.Str(field); len([]rune(text)) > 1 && strings.Contains(all.String(), text) {
					t.Errorf("%s %s is published", field, text)
				}
			}
			if strings.Contains(all.String(), r.ID) {
				t.Errorf("the id of %s is published", r.Str("name"))
			}
			return nil
		}))
	}
	if !strings.Contains(all.String(), "含姓名") {
		t.Error("the parts of E06 that hold names are not said to be hidden")
	}
	if persons < 30 {
		t.Errorf("only %d persons are on file", persons)
	}
}
