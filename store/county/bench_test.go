package county_test

import (
	"fmt"
	"testing"

	"taizhang/model"
	"taizhang/store/county"
	"taizhang/store/internal/raw"
)

// BenchmarkReceive takes in bundles of villages with 60 members and a year of dues,
// none of them seen before. What one bundle costs must not grow with their number.
func BenchmarkReceive(b *testing.B) {
	for _, n := range []int{5, 20} {
		b.Run(fmt.Sprintf("bundles=%d", n), func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				o := newOffice(b)
				for i := range n {
					o.village(b, fmt.Sprintf("9901011%05d", i), byte(20+10*i)).populate(b)
				}
				b.StartTimer()
				all := o.receive(b, o.stick)
				if len(all) != n || all[n-1].Verdict != county.Accepted {
					b.Fatalf("got %d, the last %+v", len(all), all[len(all)-1].Verdict)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(n*b.N), "ms/bundle")
		})
	}
}

// populate gives a village its members with their dues, and exports.
func (v *village) populate(tb testing.TB) {
	tb.Helper()
	var all []*model.Record
	for i := range 60 {
		p, err := v.New(ctx, "person")
		must(tb, err)
		p.ID, err = v.Source().NewID()
		must(tb, err)
		for field, value := range map[string]string{"name": "张三", "sex": "男", "status": "正式党员", "standing": "在册", "birth_date": "1970-03-02",
			"id_number": idFor("1970-03-02", i*2+1), "joined_on": "2001-07-01", "confirmed_on": "2002-07-01"} {
			p.Set(field, value)
		}
		all = append(all, p)
		for m := range 12 {
			d, err := v.New(ctx, "dues")
			must(tb, err)
			d.Set("person", p.ID)
			d.Set("month", fmt.Sprintf("2025-%02d", m+1))
			d.Set("amount", 20)
			d.Set("paid_on", fmt.Sprintf("2025-%02d-15", m+1))
			all = append(all, d)
		}
	}
	must(tb, v.Inside(raw.Pass{}).PutUnchecked(ctx, all...))
	v.export(tb)
}
