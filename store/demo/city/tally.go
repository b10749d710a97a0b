package city

import (
	"encoding/json"
	"fmt"
	"os"

	"taizhang/model"
	"taizhang/store/count"
	"taizhang/store/count/figures"
	"taizhang/store/demo/truth"
)

// newCount begins the count of what the made-up county's summary must come to: of
// its last month, and the source's figures from the day on which the campaign began.
func newCount() *truth.Count {
	return truth.New(true, truth.Span{From: "2026-01-01", To: lastDay, Month: lastMonth}, truth.Span{From: firstDay, To: lastDay})
}

// writeTruth writes the numbers and the answer key, in a stable order.
func writeTruth(path string, all *truth.Count, key Key) error {
	text, err := json.MarshalIndent(struct {
		Indicators map[string]map[string]any `json:"indicators"`
		Figures    map[string]map[string]any `json:"figures"`
		Key
	}{all.Values(count.Indicators()), all.Values(figures.All()), key.filled()}, "", "  ")
	if err != nil {
		return fmt.Errorf("city: the county's numbers: %w", err)
	}
	if err := os.WriteFile(path, append(text, '\n'), 0o600); err != nil {
		return model.Errorf("E-DEMO-DIR", "“%s”写不了,请换一个能写入的文件夹", path)
	}
	return nil
}
