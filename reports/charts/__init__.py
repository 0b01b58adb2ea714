"""Charts (biểu đồ): native and editable in Word, with the workbook behind every one of them."""
