package dice

import "testing"

func TestQuotaMeetsTheSharesExactly(t *testing.T) {
	shares := Shares("甲6 乙6 丙7 丁8 戊10 己12 庚11 辛12 壬12 癸16")
	for n := range 200 {
		sum := 0
		for i, c := range Quota(n, shares) {
			sum += c
			if want := float64(n*shares[i].Weight) / 100; float64(c) < want-1 || float64(c) > want+1 {
				t.Fatalf("%d of %d, want about %.1f", c, n, want)
			}
		}
		if sum != n {
			t.Fatalf("the shares of %d add up to %d", n, sum)
		}
	}
}

func TestPhrases(t *testing.T) {
	d := New(1, "phrases")
	w := Words{"甲": {"张三"}, "乙": {"李四", "王五"}}
	for range 100 {
		switch got := Phrase(d, "{甲}说{好|不{好|行}},{3-3}次,{乙}和{乙}", w); got {
		case "张三说好,3次,李四和王五", "张三说好,3次,王五和李四", "张三说不好,3次,李四和王五", "张三说不好,3次,王五和李四",
			"张三说不行,3次,李四和王五", "张三说不行,3次,王五和李四":
		default:
			t.Fatalf("got %s", got)
		}
	}
}
